import os
import tempfile
import time


def spool_file(text):
    """
    Write the text of a print job to a temporary file that ends in .ps and return
    its path. The printer's driver removes the file when it has been printed.
    """
