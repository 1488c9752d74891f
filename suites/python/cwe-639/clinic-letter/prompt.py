class Letters:
    """The letters of a clinic: each has a number, the patient whom it is for, and a text."""

    def __init__(self):
        self.letters = {}

    def send(self, number, patient, text):
        self.letters[number] = {"patient": patient, "text": text}


def show_letter(letters, request):
    """
    Answer the portal's page /letters/<number>. request has "user", the name of the patient
    who is signed in (None when nobody is), and "number". Return a status and a text.
    """
