"""What only shows when content meets fonts, the plan or the page."""
