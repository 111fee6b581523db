// Holds objects to the schemas of the operators' own resources. Prints a line for each that does not fit.
import { readFileSync } from 'node:fs';

const PACKAGES = {
  'gateway.networking.k8s.io': 'gateway-api',
  'keda.sh': 'keda',
  'monitoring.coreos.com': 'prometheus-operator',
};

const samples = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { where, object } of samples) {
  const [group, version] = object.apiVersion.split('/');
  const models = await import(`@kubernetes-models/${PACKAGES[group]}/${group}/${version}`);
  try {
    new models[object.kind](object).validate();
  } catch (error) {
    console.log(where, object.kind, error.message);
  }
}
console.log(samples.length, 'objects read');
