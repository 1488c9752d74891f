package eval

import "context"

// digestKey is what the digest is kept under by which a suite was judged last. Judgements
// are found by that digest, and who does not judge cannot make it: the versions of the
// compilers and interpreters are in it.
func digestKey(suite Suite) key { return newKey("digest", suite.Content) }

// keepDigests remembers the digests that the suites are judged by.
func (s *session) keepDigests(ctx context.Context) error {
	for _, suite := range s.suites {
		if suite.Content == "" {
			continue
		}
		var last string
		if _, err := s.store.get(ctx, digestKey(suite.Suite), &last); err != nil {
			return err
		}
		if last == suite.Digest {
			continue
		}
		if err := s.store.put(ctx, digestKey(suite.Suite), suite.Digest); err != nil {
			return err
		}
	}
	return nil
}

// recallDigests gives the suites the digests that they were judged by last, whatever this
// machine has to judge with.
func (s *session) recallDigests(ctx context.Context) error {
	for i := range s.suites {
		suite := &s.suites[i].Suite
		if suite.Content == "" {
			continue
		}
		if _, err := s.store.get(ctx, digestKey(*suite), &suite.Digest); err != nil {
			return err
		}
	}
	return nil
}
