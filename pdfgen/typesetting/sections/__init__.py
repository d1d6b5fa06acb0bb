"""One module a section of the document. Each turns the plan into pages; none knows the others."""
