package org.syscope.capture.driver;

import java.io.IOException;
import java.util.List;
import org.syscope.capture.event.EventSource;

/** A live source of events. Not thread-safe but for {@link #stop()}; everything in the kernel is gone after close. */
public interface Driver extends EventSource {

    /** The name that {@code --driver} takes: {@code universal}, {@code bpf} or {@code kmod}. */
    String name();

    /** What was seen, sent and lost until now. Reads shared memory, cheap enough for once a second. */
    DriverStatistics statistics();

    /** One line for each part that the kernel refused and what is lost with it; empty where all works. */
    List<String> leftOut();

    /** Makes the programs report nothing any more; what is in the rings can still be read. */
    void stopCapture();

    /** How full the fullest ring is, 0 to 1; costs a look into the memory of each. */
    default double fill() {
        return 0;
    }

    /**
     * The calls that were entered since the start and are not over, in no order; only with {@link DriverOptions#latency()},
     * and of those that are wanted. Reads a map of the kernel, some microseconds a thread. Empty where a driver keeps no
     * enter times.
     */
    default List<CallInFlight> callsInFlight() {
        return List.of();
    }

    /**
     * Adds a process to the set of traced ones; only with {@link DriverOptions#onlyTraced()}.
     *
     * @throws IOException if the set is full
     */
    void trace(int pid) throws IOException;

    /** Takes a process out of the set of traced ones, with its children to come; nothing happens if it is not there. */
    void forget(int pid);

    /** Whether events of a process are reported; always without {@link DriverOptions#onlyTraced()}. */
    boolean traces(int pid);

    /** Whether any process of the traced set, descendants included, still lives. */
    boolean tracesAny();

    /**
     * Makes ready for {@link #mute}.
     *
     * @return false where the driver cannot mute threads
     */
    default boolean startMuting() throws IOException {
        return false;
    }

    /**
     * Asks for nothing more of a thread but the calls that can change what is known of it ({@code StateChanges}), until it
     * makes one of these. A hint, cheap enough for each event; only after {@link #startMuting()}.
     *
     * <p>A thread is never muted by a judgement that is void: what it has done to itself since, that it is another one with
     * the same id, and losses of which no event has told yet lift it in the kernel, or keep it from being taken. What only
     * others can do to a thread the kernel side does not watch: nobody may be judged by such things.
     *
     * @param tid the thread
     * @param judged time of the event by which the thread was judged, ns since the epoch
     */
    default void mute(long tid, long judged) {
    }

    /** Takes {@link #mute} back. */
    default void unmute(long tid) {
    }

    /** Takes every {@link #mute} back: what was known when it was called is in doubt. */
    default void unmuteAll() {
    }

    /** What muting has spared; null if no thread can be muted. */
    default Muting muting() {
        return null;
    }

    /** Ends a wait in {@code next}, which then returns IDLE; may be called from any thread and from a signal handler. */
    void stop();
}
