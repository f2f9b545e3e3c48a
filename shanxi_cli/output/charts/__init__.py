"""Charts of views and figures as SVG: for a file of their own, and for the page of a report."""
