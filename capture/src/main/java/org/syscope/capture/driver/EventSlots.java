package org.syscope.capture.driver;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.MapSpec;
import org.syscope.capture.bpf.Variable;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;

/**
 * Which tail-called program makes the events of which type: read from the object's own table, so that it is written down
 * once, in {@code bpf-src/shared/tables.h}:
 *
 * <pre>
 * struct layout layouts[512], by event type
 *   0  u16 slot: of enum syscope_slot, or in the classic probe SLOTS + event type where each plain type has a program
 *   2  the parameters' making
 * </pre>
 */
final class EventSlots {

    /** Slot of the program for events without parameters of their own, and of types that have no row. */
    static final int GENERIC = 0;
    /** Slot of the program for events whose parameters all stand in the table. */
    static final int PLAIN = 1;

    /** Slots are below this, those of single event types above. */
    static final int SLOTS = 32;

    private static final int EVENT_TYPES = 512;

    private final int[] slots = new int[EVENT_TYPES];

    /** The table of an object that was not loaded yet. */
    EventSlots(BpfObject object) {
        Variable layouts = object.variable("layouts");
        read(layouts.size(), layouts::get);
    }

    private EventSlots() {
    }

    /** The table of a classic probe, whose constants are in maps. */
    static EventSlots ofProbe(BpfObject object) {
        EventSlots table = new EventSlots();
        MapSpec layouts = object.map("layouts");
        table.read(layouts.valueSize() * layouts.maxEntries(), layouts::get);
        return table;
    }

    private void read(int size, IntUnaryOperator table) {
        int row = size / EVENT_TYPES;
        for (int type = 0; type < EVENT_TYPES; type++) {
            slots[type] = table.applyAsInt(type * row) | table.applyAsInt(type * row + 1) << Byte.SIZE;
        }
    }

    /**
     * The slots that the exit events of some calls need.
     *
     * @param codes PPM_SC codes
     */
    BitSet ofExits(BitSet codes) {
        BitSet needed = new BitSet();
        needed.set(GENERIC);
        needed.set(PLAIN);
        throughSocketcall(needed, codes, EventCodes.PPME_SOCKET_SEND_X, EventCodes.PPME_SOCKET_RECV_X);
        for (Syscall call : SyscallTable.all()) {
            if (codes.get(call.code()) && call.exitType() >= 0) {
                needed.set(slots[call.exitType()]);
            }
        }
        return needed;
    }

    /** The slots that the enter events of some calls need; none for no calls. */
    BitSet ofEnters(BitSet codes) {
        BitSet needed = new BitSet();
        throughSocketcall(needed, codes, EventCodes.PPME_SOCKET_SEND_E, EventCodes.PPME_SOCKET_RECV_E);
        for (Syscall call : SyscallTable.all()) {
            if (codes.get(call.code()) && call.enterType() >= 0) {
                needed.set(GENERIC);
                needed.set(PLAIN);
                needed.set(slots[call.enterType()]);
            }
        }
        return needed;
    }

    /** What 32-bit programs can call through socketcall only; the other calls of sockets have rows of their own. */
    private void throughSocketcall(BitSet needed, BitSet codes, int sendType, int receiveType) {
        if (codes.get(DriverOptions.SOCKETCALL)) {
            if (codes.get(DriverOptions.SEND)) {
                needed.set(slots[sendType]);
            }
            if (codes.get(DriverOptions.RECV)) {
                needed.set(slots[receiveType]);
            }
        }
    }
}
