package io.initload.cli.notify;

import io.initload.Tool;
import io.initload.config.TargetConfig;
import io.initload.config.notify.NotifyConfig.Webhook;
import io.initload.salesforce.wire.HttpWire;
import io.initload.salesforce.wire.Upload;
import io.initload.salesforce.wire.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A receiver of JSON by {@code POST}. What it answers is not read, but for its status. */
final class WebhookChannel implements Channel {
  private final Webhook webhook;
  private final Duration timeout;

  WebhookChannel(Webhook webhook, Duration timeout) {
    this.webhook = webhook;
    this.timeout = timeout;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public void send(NoticeText notice) throws Unreached, InterruptedException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/json; charset=utf-8");
    headers.put("User-Agent", Tool.NAME + "/" + Tool.VERSION);
    if (!webhook.token().isEmpty()) {
      headers.put("Authorization", "Bearer " + webhook.token().reveal());
    }
    Wire.Request request =
        new Wire.Request(
            "POST", URI.create(webhook.url().reveal()), headers, Upload.text(notice.json()));
    int status;
    try (HttpWire wire = new HttpWire(limits())) {
      status = wire.exchange(request, Wire.Answer::status);
    } catch (IOException e) {
      // Its message may name the address, which is a secret.
      throw new Unreached(e.getClass().getSimpleName(), e);
    }
    if (status < 200 || status > 299) {
      throw new Unreached("answered with status " + status);
    }
  }

  private TargetConfig.Http limits() {
    return new TargetConfig.Http(timeout, timeout, 1, timeout, timeout);
  }
}
