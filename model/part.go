package model

import (
	"context"
	"errors"
	"io"
	"os"
)

// writePart makes the partial file offset+size bytes long, the last size of them
// from body. When it fails, the file ends at offset again.
func (j *job) writePart(ctx context.Context, body io.Reader, f File, offset, size int64, progress *meter) (err error) {
	file, err := os.OpenFile(j.partial(f), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := cutTo(file, offset); err != nil {
		return err
	}
	if err := removeTag(j.partial(f)); err != nil {
		return err
	}
	done, err := copyAt(ctx, file, body, offset, size, progress)
	if err == nil && done < size {
		err = io.ErrUnexpectedEOF
	}
	if err == nil {
		err = file.Sync()
	}
	if err != nil {
		return errors.Join(err, cutTo(file, offset))
	}
	return nil
}

// cutTo shortens a file that is longer than size.
func cutTo(file *os.File, size int64) error {
	info, err := file.Stat()
	if err != nil || info.Size() <= size {
		return err
	}
	return file.Truncate(size)
}

// copyAt copies at most size bytes to a place in a file.
func copyAt(ctx context.Context, file *os.File, body io.Reader, offset, size int64, progress *meter) (done int64, err error) {
	buffer := make([]byte, 1<<20)
	body = io.LimitReader(body, size)
	for {
		if err := ctx.Err(); err != nil {
			return done, err
		}
		n, err := body.Read(buffer)
		if n > 0 {
			if _, failed := file.WriteAt(buffer[:n], offset+done); failed != nil {
				return done, failed
			}
			done += int64(n)
			progress.at(offset + done)
		}
		if err == io.EOF {
			return done, nil
		}
		if err != nil {
			return done, err
		}
	}
}
