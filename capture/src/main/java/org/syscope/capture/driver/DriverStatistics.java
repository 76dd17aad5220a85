package org.syscope.capture.driver;

/**
 * What a driver counted since it started: {@code seen == sent + total lost}, to the event.
 *
 * @param seen events that were to be sent
 * @param sent events that reached a ring
 * @param ringFull events lost because a ring was full: the reader was too slow
 * @param tooLarge events lost because they did not fit into the space in which they are built
 * @param noProgram events lost because the kernel refused the program that makes them
 * @param noRing events lost on a CPU that came after the start, or came back, until it was given a ring
 * @param untraced children of traced processes that could not be followed, as too many were traced at once: each counts with
 *     its first event, what it did later is not known
 * @param unnoted operations of io_uring that could not be followed, as too many were under way at once
 * @param unreadable parameters left empty because user memory could not be read; their events were sent
 * @param noEnter calls whose enter time was not kept, so that their latency is unknown; their events were sent
 * @param perCpu lost events by CPU
 */
public record DriverStatistics(
        long seen,
        long sent,
        long ringFull,
        long tooLarge,
        long noProgram,
        long noRing,
        long untraced,
        long unnoted,
        long unreadable,
        long noEnter,
        long[] perCpu) {

    /** All lost events. */
    public long lost() {
        return ringFull + tooLarge + noProgram + noRing + untraced + unnoted;
    }
}
