"""What each page shows: one module a page, which takes the question out of the address, asks the library, and fills in a template."""
