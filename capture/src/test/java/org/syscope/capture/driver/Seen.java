package org.syscope.capture.driver;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;

/**
 * A copy of an event.
 *
 * @param latency ns from the option behind the event, -1 without one
 * @param stateLatency the same as the state has it
 * @param result result of a generic call
 * @param arguments arguments of a generic call, empty for others
 * @param texts texts among these, by the argument's number
 * @param lost how many events a notification of losses speaks of, 0 for other events
 */
record Seen(long tid, EventType type, long timestamp, int cpu, List<byte[]> parameters, long latency, long stateLatency,
        long result, long[] arguments, Map<Integer, byte[]> texts, long lost) {

    boolean generic() {
        return type.code() == EventCodes.PPME_GENERIC_X;
    }

    /** PPM_SC code of a generic event. */
    int syscall() {
        byte[] code = parameters.getFirst();
        return code[0] & 0xff | (code[1] & 0xff) << 8;
    }

    /** This event, or the other one if that fits better to the result and the arguments. */
    Seen better(Seen other, long[] made) {
        return made == null || fits(made) || !other.fits(made) ? this : other;
    }

    private boolean fits(long[] made) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] != made[i + 1]) {
                return false;
            }
        }
        return result == made[0];
    }

    /** What differs from the result (first) and the arguments that the caller has noted; null if nothing does. */
    String differsFrom(long[] made, List<String> kinds, IntFunction<String> text) {
        if (arguments.length != kinds.size()) {
            return arguments.length + " arguments, expected " + kinds.size();
        }
        if (result != made[0]) {
            return "result " + result + ", expected " + made[0];
        }
        for (int i = 0; i < kinds.size(); i++) {
            if (arguments[i] != made[i + 1]) {
                return "argument " + i + " is " + arguments[i] + ", expected " + made[i + 1];
            }
            if (kinds.get(i).equals("str")) {
                byte[] found = texts.get(i);
                String is = found == null ? "absent" : new String(found, StandardCharsets.UTF_8);
                if (!is.equals(text.apply(i) + "\0")) {
                    return "text " + i + " is " + is;
                }
            }
        }
        return null;
    }
}
