import subprocess


class LabelPrinter:
    def __init__(self, printer):
        self.printer = printer

    def submit(self, label_file, title, copies=1):
        subprocess.run(
            f'lp -d {self.printer} -n {copies} -t "{title}" {label_file}',
            shell=True,
            check=True,
            timeout=30,
        )
