using MesoClinic.Application.Sessions;
using MesoClinic.Web.Components.Shared;

namespace MesoClinic.Web.Components.Sessions;

internal static class RecordWords
{
    /// <summary>Silence counts only as long as the question is fresh.</summary>
    public static string NoAllergies(this GetSession.Record record) => record.AllergiesReviewedOn is not { } asked ? "Allergies never asked"
        : record.AllergiesHold ? $"No allergies known (asked {asked.Full()})"
        : $"Allergies last asked {asked.Full()}: ask again";
}
