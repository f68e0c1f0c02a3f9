package io.initload.cli.shell;

import io.initload.Times;
import io.initload.cli.text.Console;
import io.initload.cli.text.Volume;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import picocli.CommandLine;

/** Gives commands what they need through their constructors. */
public record Wiring(PrintStream out, PrintStream err, Termination termination)
    implements CommandLine.IFactory {
  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      Constructor<K> constructor = type.getDeclaredConstructor(Wiring.class);
      return constructor.newInstance(this);
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("command " + type.getSimpleName(), e.getCause());
    }
  }

  public Console console(boolean json, Volume volume) {
    return new Console(out, err, json, volume, Times.ofUser());
  }
}
