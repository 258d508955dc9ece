/* Put somebody on a shift by hand or by key. Both end at the plain form, filled in. */
"use strict";
