/**
 * The system calls that syscope makes itself, through one foreign-function handle on {@code syscall(2)}, and the few
 * facts about the running kernel that come from {@code /proc} and {@code /sys}.
 *
 * <p>Everything here is thin and typed: numbers go in, a result or an {@link org.syscope.capture.linux.Errno} comes
 * out, and what owns a kernel resource is {@link AutoCloseable}.
 *
 * <p>It never decides anything: no retry, no fallback, no message to a user, and no library beside libc is loaded.
 */
package org.syscope.capture.linux;
