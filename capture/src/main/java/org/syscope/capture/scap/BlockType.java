package org.syscope.capture.scap;

/**
 * The block types of the format: plain codes, because a switch over them runs once per event. Ids that end in
 * {@code 0x...ABCD} were written before the format was first released; they mean the same as their successors.
 */
final class BlockType {

    /** Section header, first block of every capture; pcapng's own. */
    static final int SECTION_HEADER = 0x0A0D0D0A;

    static final int MACHINE = 0x201;
    static final int MACHINE_OLD = 0x8002ABCD;

    static final int PROCESSES_V1 = 0x202;
    static final int PROCESSES_V1_OLD = 0x8000ABCD;
    static final int PROCESSES_V2 = 0x207;
    static final int PROCESSES_V2_OLD = 0x8013ABCD;
    static final int PROCESSES_V3 = 0x209;
    static final int PROCESSES_V3_OLD = 0x8014ABCD;
    static final int PROCESSES_V4 = 0x210;
    static final int PROCESSES_V5 = 0x211;
    static final int PROCESSES_V6 = 0x212;
    static final int PROCESSES_V7 = 0x213;
    static final int PROCESSES_V8 = 0x214;
    static final int PROCESSES_V9 = 0x215;

    static final int FDS = 0x203;
    static final int FDS_OLD = 0x8001ABCD;
    static final int FDS_V2 = 0x218;

    static final int INTERFACES = 0x205;
    static final int INTERFACES_OLD = 0x8011ABCD;
    static final int INTERFACES_V2 = 0x219;

    static final int USERS = 0x206;
    static final int USERS_OLD = 0x8012ABCD;
    static final int USERS_V2 = 0x220;

    /** Event with the 22-byte header, without a parameter count. */
    static final int EVENT = 0x204;
    static final int EVENT_OLD = 0x8010ABCD;
    static final int EVENT_FLAGS = 0x208;
    static final int EVENT_V2 = 0x216;
    static final int EVENT_FLAGS_V2 = 0x217;
    static final int EVENT_LARGE = 0x221;
    static final int EVENT_FLAGS_LARGE = 0x222;

    /** What wrote the capture: this project's own, in pcapng's range for local use; other readers pass over it. */
    static final int WRITER = 0x80007ED9;

    private BlockType() {
    }

    /** Whether blocks of the type hold an event, in any generation. */
    static boolean isEvent(int type) {
        return switch (type) {
            case EVENT, EVENT_OLD, EVENT_FLAGS, EVENT_V2, EVENT_FLAGS_V2, EVENT_LARGE, EVENT_FLAGS_LARGE -> true;
            default -> false;
        };
    }

    /** Whether blocks of the type describe the system before the first event. */
    static boolean isMetadata(int type) {
        return processListVersion(type) > 0 || switch (type) {
            case MACHINE, MACHINE_OLD, FDS, FDS_OLD, FDS_V2, INTERFACES, INTERFACES_OLD, INTERFACES_V2, USERS, USERS_OLD,
                    USERS_V2 -> true;
            default -> false;
        };
    }

    /** Whether the type is one of the format. */
    static boolean isKnown(int type) {
        return type == SECTION_HEADER || type == WRITER || isEvent(type) || isMetadata(type);
    }

    /** The version of a process list block, 1 to 9; 0 for other blocks. */
    static int processListVersion(int type) {
        return switch (type) {
            case PROCESSES_V1, PROCESSES_V1_OLD -> 1;
            case PROCESSES_V2, PROCESSES_V2_OLD -> 2;
            case PROCESSES_V3, PROCESSES_V3_OLD -> 3;
            case PROCESSES_V4 -> 4;
            case PROCESSES_V5 -> 5;
            case PROCESSES_V6 -> 6;
            case PROCESSES_V7 -> 7;
            case PROCESSES_V8 -> 8;
            case PROCESSES_V9 -> 9;
            default -> 0;
        };
    }

    /** The name for messages, as in the format's description; the number for types that it does not have. */
    static String name(int type) {
        int version = processListVersion(type);
        if (version > 0) {
            return "PL_V" + version;
        }
        return switch (type) {
            case SECTION_HEADER -> "SHB";
            case WRITER -> "writer";
            case MACHINE, MACHINE_OLD -> "MI";
            case FDS, FDS_OLD -> "FDL";
            case FDS_V2 -> "FDL_V2";
            case INTERFACES, INTERFACES_OLD -> "IL";
            case INTERFACES_V2 -> "IL_V2";
            case USERS, USERS_OLD -> "UL";
            case USERS_V2 -> "UL_V2";
            case EVENT, EVENT_OLD -> "EV";
            case EVENT_FLAGS -> "EVF";
            case EVENT_V2 -> "EV_V2";
            case EVENT_FLAGS_V2 -> "EVF_V2";
            case EVENT_LARGE -> "EV_V2_LARGE";
            case EVENT_FLAGS_LARGE -> "EVF_V2_LARGE";
            default -> "0x" + Integer.toHexString(type);
        };
    }
}
