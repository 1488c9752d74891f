package app

import "crypto/md5"

var elsewhere = md5.New()
