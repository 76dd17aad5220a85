/**
 * The drivers behind one interface: each turns what happens in the kernel into scap events and hands them over in the
 * order of their times, and each tells what it lost and why. Switching the driver changes neither the events nor what is
 * printed of them. This package never decodes parameters, keeps no threads or fds, and loads nothing into the kernel
 * that is not gone when the process is.
 */
package org.syscope.capture.driver;
