// Reads a folder of metadata source and converts it to what an org is sent; names what it found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';

const [folder, out, ...expected] = process.argv.slice(2);
const source = ComponentSet.fromSource(join(folder, 'force-app'));
source.sourceApiVersion = JSON.parse(readFileSync(join(folder, 'sfdx-project.json'))).sourceApiVersion;
const found = source.getSourceComponents().toArray().map((c) => `${c.type.name} ${c.fullName}`).sort();
const { packagePath } = await new MetadataConverter().convert(source, 'metadata', {
  type: 'directory',
  outputDirectory: out,
  genUniqueDir: false,
});
const manifest = readFileSync(join(packagePath ?? out, 'package.xml'), 'utf8');
for (const one of expected) {
  const name = one.split(' ')[1];
  if (!found.includes(one) || !manifest.includes(`<members>${name}</members>`)) {
    console.error(`${one} is not in ${JSON.stringify(found)}, or not in the manifest:\n${manifest}`);
    process.exit(1);
  }
}
console.log(`source-deploy-retrieve: ${found.join(', ')}`);
