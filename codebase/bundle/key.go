package bundle

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"aead.dev/minisign"
)

// PublicEnding is what is added to the name of a secret key's file for that of the
// public key.
const PublicEnding = ".pub"

// NewKeys makes a pair of keys and writes them: the secret one into the file at path,
// readable by its owner only and encrypted by the password (where that is "", not), the
// public one beside it. It replaces no file. The keys are minisign's; encrypting takes
// seconds and 1 GB of memory, as guessing does for whoever finds the file.
func NewKeys(path, password string) (minisign.PublicKey, error) {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		return public, fmt.Errorf("make keys: %w", err)
	}
	text, err := secret.MarshalText()
	if password != "" {
		text, err = minisign.EncryptKey(password, secret)
	}
	if err != nil {
		return public, fmt.Errorf("encrypt key: %w", err)
	}
	publicText, err := public.MarshalText()
	if err != nil {
		return public, fmt.Errorf("make keys: %w", err)
	}
	if err := writeNew(path+PublicEnding, publicText, 0o644); err != nil {
		return public, err
	}
	if err := writeNew(path, text, 0o600); err != nil {
		return public, errors.Join(err, os.Remove(path+PublicEnding))
	}
	return public, nil
}

func writeNew(path string, text []byte, mode fs.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	_, err = file.Write(append(text, '\n'))
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write key %s: %w", path, errors.Join(err, os.Remove(path)))
	}
	return nil
}

// SecretKey reads a secret key. password is asked where the file is encrypted.
func SecretKey(path string, password func() (string, error)) (minisign.PrivateKey, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return minisign.PrivateKey{}, fmt.Errorf("read secret key: %w", err)
	}
	var key minisign.PrivateKey
	if !minisign.IsEncrypted(text) {
		err = key.UnmarshalText(text)
	} else {
		var secret string
		if secret, err = password(); err == nil {
			key, err = minisign.DecryptKey(secret, text)
		}
	}
	if err != nil {
		return minisign.PrivateKey{}, fmt.Errorf("read secret key %s: %w", path, err)
	}
	return key, nil
}

// PublicKey reads a public key: a file, or the key itself as minisign's -P takes it.
func PublicKey(pathOrKey string) (minisign.PublicKey, error) {
	var key minisign.PublicKey
	text, err := os.ReadFile(pathOrKey)
	if errors.Is(err, fs.ErrNotExist) && key.UnmarshalText([]byte(pathOrKey)) == nil {
		return key, nil
	}
	if err != nil {
		return key, fmt.Errorf("read public key: %w", err)
	}
	if err := key.UnmarshalText(text); err != nil {
		return key, fmt.Errorf("read public key %s: %w", pathOrKey, err)
	}
	return key, nil
}
