import subprocess

from celery import shared_task


@shared_task
def classify_upload(path):
    # the name came with the upload: it is passed as one argument and after the options
    answer = subprocess.check_output(["file", "--brief", "--mime-type", "--", path], text=True)
    return answer.strip()
