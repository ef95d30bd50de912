using MesoClinic.Rules.Aftercare;
using MesoClinic.Rules.Triage;

namespace MesoClinic.Rules.Tests;

/// <summary>Aftercare and triage over the shipped knowledge.</summary>
internal static class ShippedCare
{
    public static readonly AftercareBook Aftercare = new(Shipped.Book);
    public static readonly TriageTable Triage = new(Shipped.Knowledge);
}
