import os
import subprocess

SPOOL = "spool"


def rotated_size(log_name):
    """
    Compress a copy of one of the logs in SPOOL with gzip (keeping the log itself)
    and return the size in bytes of the .gz file that lies beside it.
    """
