"""Rosters: lists of patients, one row a prescription, from tables, YAML, JSON and FHIR."""
