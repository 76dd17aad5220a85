package org.syscope.filters.field;

/** How an operator applies to what a field extracts. */
public enum Quantifier {
    /** One value. */
    ONE,
    /** A list: {@code in} asks for each element, {@code intersects} for one of them. */
    LIST,
    /** Several candidates (all ancestors): true as soon as one of them satisfies the operator, {@code !=} too. */
    ANY,
    /**
     * The two ends of a connection: one satisfying end is enough, but {@code !=} asks that both differ. No
     * end at all satisfies only {@code exists}.
     */
    ENDS
}
