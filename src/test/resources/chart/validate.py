"""Holds objects to Kubernetes' own schemas, unknown fields included. Prints a line for each that does not fit."""
import functools
import importlib.resources
import json
import sys

import jsonschema
import referencing

SCHEMAS = importlib.resources.files('kubernetes_validate') / 'kubernetes-json-schema'


@functools.cache
def registry(version):
    definitions = json.loads((SCHEMAS / f'v{version}.0-local-strict' / '_definitions.json').read_text())
    return referencing.Resource.from_contents(definitions) @ referencing.Registry()


@functools.cache
def validator(version, kind, api_version):
    group, _, api = api_version.rpartition('/')
    name = '-'.join(filter(None, [kind.lower(), group.split('.')[0], api]))
    schema = json.loads((SCHEMAS / f'v{version}.0-local-strict' / f'{name}.json').read_text())
    return jsonschema.Draft202012Validator(schema, registry=registry(version))


with open(sys.argv[1]) as file:
    samples = json.load(file)
for sample in samples:
    an_object = sample['object']
    for error in validator(sample['version'], an_object['kind'], an_object['apiVersion']).iter_errors(an_object):
        print(sample['where'], an_object['kind'], error.json_path, error.message)
print(len(samples), 'objects read')
