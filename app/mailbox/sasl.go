package mailbox

import (
	"errors"

	"github.com/emersion/go-sasl"
)

// xoauth2 is the login with an access token that Google and Microsoft made before OAUTHBEARER
// (RFC 7628) existed.
type xoauth2 struct {
	user, token string
}

// errTokenRefused stands for the challenge that carries the reason of a refusal.
var errTokenRefused = errors.New("the access token was refused")

// Start implements sasl.Client.
func (x *xoauth2) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next implements sasl.Client. A challenge is only ever a refusal.
func (x *xoauth2) Next([]byte) ([]byte, error) { return nil, errTokenRefused }

var _ sasl.Client = (*xoauth2)(nil)
