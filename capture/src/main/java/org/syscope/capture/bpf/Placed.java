package org.syscope.capture.bpf;

/** Something that an object says about one of its instructions. */
interface Placed {
    /** {@return index of the instruction in its section} */
    int instruction();
}
