using MesoClinic.Application.Sessions;
using MesoClinic.Web.Components.Shared;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Components.Sessions;

internal static class RecordWords
{
    /// <summary>How the needle is led.</summary>
    public static readonly IReadOnlyList<Choice> Ways = [new("tech-manual", "By hand"), new("tech-device", "By device")];

    public static string Way(string? administration) => Ways.FirstOrDefault(way => way.Value == administration)?.Text.ToLowerInvariant() ?? "by hand or by device: not recorded";

    public static string NoAllergies(this GetSession.Record record) => record is { SignedAt: not null, AllergiesReviewedOn: null }
        ? (record.AllergiesHold ? "No allergies known" : "No allergies on file, but not asked lately")
        : record.KnownAllergies().NoneWords();

    /// <summary>As they were when the record was read.</summary>
    public static KnownAllergies KnownAllergies(this GetSession.Record record) => new(record.Allergies, record.AllergiesReviewedOn, record.AllergiesHold);

    /// <summary>Silence counts only as long as the question is fresh.</summary>
    public static string NoneWords(this KnownAllergies allergies) => allergies.ReviewedOn is not { } asked ? "Allergies never asked"
        : allergies.Hold ? $"No allergies known (asked {asked.Full()})"
        : $"Allergies last asked {asked.Full()}: ask again";
}
