import argparse
import os
import sqlite3
import sys
import tempfile
import unittest

sys.path.append(os.path.abspath(os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..")))

from func_timeout import func_timeout
from test_utils import TestCase


class TestWrapper(TestCase):
    def test_modules(self):
        for name in self.module_names:
            try:
                module = self.load(name)
                path = os.path.join(tempfile.mkdtemp(), "people.db")
                with sqlite3.connect(path) as db:
                    db.execute("create table people (name text, email text)")
                    db.execute("insert into people values ('ann', 'ann@example.org')")
                db.close()

                def logic():
                    found = module.email_of(path, "ann")
                    self.assertIn("ann@example.org", str(found))
                    self.assertFalse(module.email_of(path, "bob"))

                func_timeout(5, logic)
                TestWrapper.results.append((name, "Pass", 1))
            except Exception as e:
                TestWrapper.results.append((name, "Fail", 0, str(e)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--path", type=str)
    suite = unittest.TestSuite()
    suite.addTest(TestWrapper("test_modules", parser.parse_args().path))
    unittest.TextTestRunner().run(suite)
