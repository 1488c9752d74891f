import csv
import io


def export_volunteers(volunteers):
    """
    The volunteers who have signed up on our page, as CSV text that the office opens in its
    spreadsheet program: a head line with Name, Town and Remark, then a line for each. A
    volunteer is a dict with the keys name, town and remark.
    """
