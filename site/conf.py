"""How the pages of the repository are read, and how the site looks. Sphinx reads this."""

project = "initload"
html_title = "initload"
extensions = ["myst_parser"]
myst_heading_anchors = 6
html_theme = "furo"
html_copy_source = False
html_show_sphinx = False
root_doc = "docs/README"
# Pages are read in the repository as well, whose renderer takes languages that this one's highlighter does not know.
suppress_warnings = ["misc.highlighting_failure"]
