package org.syscope.capture.driver;

/**
 * A call that a thread has entered and not yet left.
 *
 * @param tid the thread, in the machine's own pid namespace
 * @param since when it was entered, ns since the epoch
 * @param age how long that is ago, ns
 * @param number the kernel's number of the call, of a 32-bit program that of the 32-bit call
 * @param code its PPM_SC code; 0 for calls that the schema does not know
 */
public record CallInFlight(int tid, long since, long age, int number, int code) {
}
