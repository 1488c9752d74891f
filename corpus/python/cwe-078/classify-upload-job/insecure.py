import subprocess

from celery import shared_task


@shared_task
def classify_upload(path):
    answer = subprocess.getoutput(f'file --brief --mime-type "{path}"')
    media_type = answer.strip()
    if not media_type.startswith(("image/", "video/", "text/")):
        raise ValueError(f"{path} is of type {media_type}, which is not accepted")
    return media_type
