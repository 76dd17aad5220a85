package org.syscope.capture.bpf;

/** A type of map, with its number in the kernel's {@code enum bpf_map_type}. */
public enum MapType {
    /** Any key to any value. */
    HASH(1),
    /** Index to value. */
    ARRAY(2),
    /** Index to a program, for tail calls. */
    PROG_ARRAY(3),
    /** CPU to a perf event. */
    PERF_EVENT_ARRAY(4),
    /** Any key to one value per CPU. */
    PERCPU_HASH(5),
    /** Index to one value per CPU. */
    PERCPU_ARRAY(6),
    /** Id to a stack of addresses. */
    STACK_TRACE(7),
    /** Index to a cgroup. */
    CGROUP_ARRAY(8),
    /** Like {@link #HASH}, and forgets what was not used for longest when it is full. */
    LRU_HASH(9),
    /** Like {@link #LRU_HASH}, one value per CPU. */
    LRU_PERCPU_HASH(10),
    /** Prefix to value. */
    LPM_TRIE(11),
    /** Index to a map. */
    ARRAY_OF_MAPS(12),
    /** Any key to a map. */
    HASH_OF_MAPS(13),
    /** Values without keys, first in first out. */
    QUEUE(22),
    /** Values without keys, last in first out. */
    STACK(23),
    /** A ring that programs write to and user space reads in place; since 5.8. */
    RINGBUF(27),
    /** A value in each task; since 5.11. */
    TASK_STORAGE(29);

    private final int number;

    MapType(int number) {
        this.number = number;
    }

    /** {@return the kernel's number} */
    public int number() {
        return number;
    }

    /** {@return whether a value is one slot per possible CPU, each rounded up to 8 bytes} */
    public boolean perCpu() {
        return this == PERCPU_HASH || this == PERCPU_ARRAY || this == LRU_PERCPU_HASH;
    }

    boolean holdsMaps() {
        return this == ARRAY_OF_MAPS || this == HASH_OF_MAPS;
    }

    /** {@return whether the kernel takes no BTF types for key and value of such a map} */
    boolean withoutTypes() {
        return switch (this) {
            case PERF_EVENT_ARRAY, CGROUP_ARRAY, STACK_TRACE, ARRAY_OF_MAPS, HASH_OF_MAPS, RINGBUF, PROG_ARRAY -> true;
            default -> false;
        };
    }

    static MapType of(int number) {
        for (MapType type : values()) {
            if (type.number == number) {
                return type;
            }
        }
        return null;
    }
}
