"""From a pose in YAML to a line drawing in SVG; needed only to make or change drawings.

Needs the extra `illustrate` (numpy and scipy). Nothing that makes a PDF imports this package.
"""
