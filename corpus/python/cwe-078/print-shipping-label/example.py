import subprocess


class LabelPrinter:
    def __init__(self, printer):
        self.printer = printer

    def submit(self, label_file, title, copies=1):
        # a list needs no quoting, and "--" keeps a file name from being taken for an option
        subprocess.run(
            ["lp", "-d", self.printer, "-n", str(copies), "-t", title, "--", label_file],
            check=True,
            timeout=30,
        )
