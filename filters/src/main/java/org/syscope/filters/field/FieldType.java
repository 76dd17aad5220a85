package org.syscope.filters.field;

/**
 * The value type of a field or of an event parameter, with the group of types it is compared with.
 *
 * <p>The names are those of the event schema ({@code PT_INT8}, ...), which is also what error messages show.
 */
public enum FieldType {
    INT8(Group.SIGNED),
    INT16(Group.SIGNED),
    INT32(Group.SIGNED),
    INT64(Group.SIGNED),
    UINT8(Group.UNSIGNED),
    UINT16(Group.UNSIGNED),
    UINT32(Group.UNSIGNED),
    UINT64(Group.UNSIGNED),
    CHARBUF(Group.STRING),
    BYTEBUF(Group.BYTES),
    ERRNO(Group.SIGNED),
    SOCKADDR(Group.NONE),
    SOCKTUPLE(Group.NONE),
    FD(Group.SIGNED),
    PID(Group.SIGNED),
    FDLIST(Group.NONE),
    FSPATH(Group.STRING),
    SYSCALLID(Group.UNSIGNED),
    SIGTYPE(Group.UNSIGNED),
    RELTIME(Group.UNSIGNED),
    ABSTIME(Group.UNSIGNED),
    PORT(Group.UNSIGNED),
    L4PROTO(Group.UNSIGNED),
    SOCKFAMILY(Group.UNSIGNED),
    BOOL(Group.BOOL),
    IPV4ADDR(Group.ADDRESS),
    DYN(Group.NONE),
    FLAGS8(Group.UNSIGNED),
    FLAGS16(Group.UNSIGNED),
    FLAGS32(Group.UNSIGNED),
    UID(Group.NONE),
    GID(Group.NONE),
    DOUBLE(Group.REAL),
    SIGSET(Group.NONE),
    CHARBUFARRAY(Group.NONE),
    CHARBUF_PAIR_ARRAY(Group.NONE),
    IPV4NET(Group.NETWORK),
    IPV6ADDR(Group.ADDRESS),
    IPV6NET(Group.NETWORK),
    IPADDR(Group.ADDRESS),
    IPNET(Group.NETWORK),
    MODE(Group.UNSIGNED),
    FSRELPATH(Group.STRING),
    ENUMFLAGS8(Group.UNSIGNED),
    ENUMFLAGS16(Group.UNSIGNED),
    ENUMFLAGS32(Group.UNSIGNED),
    FD32(Group.SIGNED),
    PID32(Group.SIGNED);

    private final Group group;

    FieldType(Group group) {
        this.group = group;
    }

    /** Types that are compared in the same way, by the same operators. */
    public enum Group {
        /** 64-bit two's complement. */
        SIGNED,
        /** 64-bit unsigned. */
        UNSIGNED,
        /** 0 or 1. */
        BOOL,
        /** IEEE 754 double. */
        REAL,
        /** Bytes of text without a NUL, compared byte by byte. */
        STRING,
        /** Any bytes. */
        BYTES,
        /** 4 or 16 address bytes in network order. */
        ADDRESS,
        /** The value is an address, the constant a network. */
        NETWORK,
        /** Can be shown but not compared. */
        NONE
    }

    /** How values of this type are compared. */
    public Group group() {
        return group;
    }

    /** The schema's name of the type, such as {@code PT_CHARBUF}. */
    public String schemaName() {
        return "PT_" + name();
    }

    /** True for the groups whose value is a whole number: signed, unsigned and bool. */
    public boolean isInteger() {
        return group == Group.SIGNED || group == Group.UNSIGNED || group == Group.BOOL;
    }

    /** True for the groups whose value is a run of bytes. */
    public boolean isBytes() {
        return group == Group.STRING || group == Group.BYTES || group == Group.ADDRESS || group == Group.NETWORK;
    }
}
