package io.fovea.transfer;

/** A smooth function of many numbers that is to be made small. */
interface Objective {

    /** Returns how many numbers it depends on. */
    int dimension();

    /** Returns its value at {@code point} and writes its gradient there. */
    double at(double[] point, double[] gradient);
}
