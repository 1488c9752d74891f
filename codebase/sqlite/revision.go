package sqlite

import "context"

// Revision counts the changes that the store's examples have seen, by any process.
// It implements retrieval.Revisioner.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var number int64
	if err := s.db.QueryRowContext(ctx, "SELECT number FROM revision").Scan(&number); err != nil {
		return 0, s.fail("read store", err)
	}
	return number, nil
}
