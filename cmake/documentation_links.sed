# Adapts links in the pages for Doxygen, which knows a page by its file only: drops the section of a link to a page, and
# turns links to files outside the reference into text.
s/\]\(([^)#]+\.md)#[^)]*\)/](\1)/g
s/\[([^]]*)\]\((\.\.\/)?(examples[^)]*|LICENSE)\)/\1/g
