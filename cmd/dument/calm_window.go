//go:build !ci

package main

import (
	"time"

	"github.com/go-gl/glfw/v3.3/glfw"
)

// waitForEvent blocks until the window system has an event, or for so long. The loop's goroutine alone may
// call it.
func waitForEvent(atMost time.Duration) { glfw.WaitEventsTimeout(atMost.Seconds()) }

// endWait ends a wait from any goroutine.
func endWait() { glfw.PostEmptyEvent() }
