package org.syscope.capture.driver;

import java.util.BitSet;
import java.util.List;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;

/**
 * The programs of the classic probe: when each is wanted, in which table of tail calls it stands and where. Those with a
 * slot of their own are named as in the universal object; {@code plain_TYPE} writes the event type TYPE, {@code then_STAGE}
 * goes on with an event that another program has begun. Source: {@code bpf-src/classic/maps.h}.
 */
final class ClassicPrograms {

    private static final String PLAIN = "plain_";
    private static final String THEN = "then_";
    /** Slots of enum syscope_slot that parts of events belong to. */
    private static final int VECTOR = 3;
    private static final int POLL = 4;
    private static final int MESSAGE = 8;
    private static final int EXEC = 11;

    /** By {@code enum stage}. */
    private static final List<String> STAGES = List.of("pieces", "vector_tail", "message_tail", "message_next", "enter_tail",
            "poll", "texts", "cgroup", "program", "walk", "path", "clone_tail", "reaper");

    private ClassicPrograms() {
    }

    /**
     * Whether a program is needed for what was asked.
     *
     * @param exits the slots that the wanted exit events need
     * @param enters the same for enter events
     */
    static boolean wanted(String name, DriverOptions options, BitSet exits, BitSet enters) {
        if (name.startsWith(THEN)) {
            return switch (name.substring(THEN.length())) {
                case "pieces" -> exits.get(VECTOR) || exits.get(MESSAGE) || !enters.isEmpty();
                case "vector_tail" -> exits.get(VECTOR);
                case "message_tail", "message_next" -> exits.get(MESSAGE);
                case "poll" -> exits.get(POLL) || !enters.isEmpty();
                case "texts" -> exits.get(EXEC);
                case "enter_tail" -> !enters.isEmpty();
                default -> true;
            };
        }
        int slot = slot(name);
        if (slot >= 0) {
            return (table(name).equals("exits") ? exits : enters).get(slot);
        }
        return UniversalPrograms.tracepointWanted(name, options);
    }

    /** Name of the map with the tail call table that a program belongs into; null if it is attached to a tracepoint. */
    static String table(String name) {
        if (name.startsWith(PLAIN)) {
            return name.endsWith("_X") ? "exits" : "enters";
        }
        return name.startsWith(THEN) ? "stages" : UniversalPrograms.table(name);
    }

    /** The program's slot in its table. */
    static int slot(String name) {
        if (name.startsWith(PLAIN)) {
            return EventSlots.SLOTS + type(name.substring(PLAIN.length()));
        }
        return name.startsWith(THEN) ? STAGES.indexOf(name.substring(THEN.length())) : UniversalPrograms.slot(name);
    }

    private static int type(String enumName) {
        for (int code = 0; code < EventCodes.COUNT; code++) {
            if (EventType.of(code).enumName().equals("PPME_" + enumName)) {
                return code;
            }
        }
        throw new IllegalArgumentException("no event type " + enumName);
    }

    /** One line for a program that the kernel did not take: what is lost with it and why. */
    static String lossLine(String name, BpfException why) {
        if (name.startsWith(PLAIN)) {
            return "left out: events of the type " + name.substring(PLAIN.length()) + ": " + why.getMessage();
        }
        if (name.startsWith(THEN)) {
            return "left out: events with the part '" + name.substring(THEN.length()) + "': " + why.getMessage();
        }
        return UniversalPrograms.lossLine(name, why);
    }
}
