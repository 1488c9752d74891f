import subprocess

from celery import shared_task


@shared_task
def classify_upload(path):
    answer = subprocess.getoutput(f'file --brief --mime-type "{path}"')
    return answer.strip()
