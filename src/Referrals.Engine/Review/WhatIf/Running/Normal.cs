namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>Quantiles of the normal distribution and of Student's.</summary>
internal static class Normal
{
    /// <summary>The quantile of the standard normal distribution (Acklam's rational approximation, relative error below 1.2e-9).</summary>
    public static double Quantile(double p)
    {
        const double Low = 0.02425;
        if (p < Low)
        {
            return Tail(Math.Sqrt(-2 * Math.Log(p)));
        }

        if (p > 1 - Low)
        {
            return -Tail(Math.Sqrt(-2 * Math.Log(1 - p)));
        }

        var q = p - 0.5;
        var r = q * q;
        return ((((((((((-3.969683028665376e+01 * r) + 2.209460984245205e+02) * r) - 2.759285104469687e+02) * r) + 1.383577518672690e+02) * r)
            - 3.066479806614716e+01) * r) + 2.506628277459239) * q
            / ((((((((((-5.447609879822406e+01 * r) + 1.615858368580409e+02) * r) - 1.556989798598866e+02) * r) + 6.680131188771972e+01) * r)
            - 1.328068155288572e+01) * r) + 1);
    }

    /// <summary>The 97.5th percentile of Student's distribution (Cornish and Fisher; within 0.5 % from 3 degrees of freedom on).</summary>
    public static double Student(int degrees)
    {
        const double Z = 1.959963984540054;
        if (degrees <= 2)
        {
            return degrees == 2 ? 4.302652729911275 : 12.706204736432095;
        }

        var (z3, z5, z7, n) = (Math.Pow(Z, 3), Math.Pow(Z, 5), Math.Pow(Z, 7), (double)degrees);
        return Z + ((z3 + Z) / (4 * n)) + (((5 * z5) + (16 * z3) + (3 * Z)) / (96 * n * n))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * Z)) / (384 * n * n * n));
    }

    private static double Tail(double q) =>
        ((((((((((-7.784894002430293e-03 * q) - 3.223964580411365e-01) * q) - 2.400758277161838) * q) - 2.549732539343734) * q)
        + 4.374664141464968) * q) + 2.938163982698783)
        / ((((((((7.784695709041462e-03 * q) + 3.224671290700398e-01) * q) + 2.445134137142996) * q) + 3.754408661907416) * q) + 1);
}
