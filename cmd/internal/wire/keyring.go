package wire

import (
	"errors"
	"time"

	"github.com/zalando/go-keyring"

	"dument/app"
)

// keyringPatience is how long the system's keyring may take. It may be asking the user to unlock it; where
// there is no message bus at all, it may never answer.
const keyringPatience = 20 * time.Second

// NewKeyring is the system's keyring (Secret Service, Keychain, Credential Manager) as app.Secrets. It
// never blocks its caller for longer than keyringPatience.
func NewKeyring() app.Secrets { return patientKeyring{patience: keyringPatience} }

type patientKeyring struct{ patience time.Duration }

// errKeyringSilent says that the keyring did not answer.
var errKeyringSilent = errors.New("the keyring does not answer")

// Get implements app.Secrets. Errors are CodeMailbox: "password_missing" when the secret is not there,
// "keyring" when the keyring cannot be reached.
func (k patientKeyring) Get(service, user string) (secret string, err error) {
	found := ""
	err = k.within(func() (err error) {
		found, err = keyring.Get(service, user)
		return err
	}, &found, &secret)
	return secret, err
}

// Set implements app.Secrets.
func (k patientKeyring) Set(service, user, secret string) error {
	var ignored string
	return k.within(func() error { return keyring.Set(service, user, secret) }, &ignored, &ignored)
}

// within calls the keyring on a goroutine that may be left behind; its result is copied on success only.
func (k patientKeyring) within(call func() error, found, result *string) error {
	done := make(chan error, 1)
	go func() { done <- call() }()
	patience := time.NewTimer(k.patience)
	defer patience.Stop()
	select {
	case err := <-done:
		if err != nil {
			return keyringProblem(err)
		}
		*result = *found
		return nil
	case <-patience.C:
		return keyringProblem(errKeyringSilent)
	}
}

func keyringProblem(err error) error {
	if errors.Is(err, keyring.ErrNotFound) {
		return &app.Error{Code: app.CodeMailbox, Detail: "password_missing", Err: &mailProblem{code: "password_missing"}}
	}
	return &app.Error{Code: app.CodeMailbox, Detail: "keyring", Err: &mailProblem{code: "keyring", err: err}}
}
