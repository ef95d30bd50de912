using MesoClinic.Application.Cocktails;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;
using MesoClinic.Web.Components.Sessions;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>Two versions of a record differ in words wherever they differ: nobody adds a field that one screen overwrites without the other being told.</summary>
public sealed class DraftFieldsTests
{
    private static readonly Guid Lot = Guid.NewGuid();
    private static readonly Guid Tube = Guid.NewGuid();

    private static readonly IReadOnlyList<ListLots.LotRow> Lots =
    [
        Row(Lot, "Hyaluron"),
        Row(Tube, "Numbing cream") with { IsCream = true },
    ];

    /// <summary>Each with the reason why it needs no words.</summary>
    private static readonly Dictionary<string, string> NotTold = new(StringComparer.Ordinal)
    {
        ["CommandId"] = "of the message, not of the record",
        ["SessionId"] = "both versions are of one record",
        ["Version"] = "that it differs is why both are shown",
        ["Sites.Drawn"] = "comes with the signature; never saved from a draft",
        ["Lines.IsBegun"] = "the server says it; begun lines stay whichever version is kept",
        ["Reactions.AtUtc"] = "noted by the portal, never entered",
    };

    [Fact]
    public void A_change_of_any_field_is_told()
    {
        var knowledge = new SessionKnowledge(TestClinic.Book.Value);

        // Whether the ampoules of a mistake were sealed says nothing, so lines are looked at with one and without.
        Assert.Equal(NotTold.Keys.Order(StringComparer.Ordinal), Untold(Draft(knowledge, mistake: "Wrong pack scanned")).Intersect(Untold(Draft(knowledge, mistake: null)), StringComparer.Ordinal));

        IReadOnlyList<string> Untold(SaveSessionDraft.Command mine) => EachField.Unnoticed(mine, theirs => DraftDifferences.Between(mine, theirs, knowledge, Lots).Count > 0);
    }

    private static SaveSessionDraft.Command Draft(SessionKnowledge knowledge, string? mistake) => new()
    {
        SessionId = Guid.NewGuid(),
        Version = Guid.NewGuid(),
        Indication = knowledge.Indications[0].Value,
        Areas = ["forehead"],
        Technique = knowledge.Techniques[0].Value,
        Administration = "tech-manual",
        NeedleOuterDiameterMm = 0.3m,
        DepthMm = 1.5m,
        VolumePerInjectionMl = 0.02m,
        Points = 2,
        Sites = [new SaveSessionDraft.Site { View = "face-front", Area = "forehead", Side = "mid", DepthMm = 2, VolumePerPointMl = 0.015m, Done = true, Points = [new InjectionPoint(0.4m, 0.2m), new InjectionPoint(0.5m, 0.2m, 0.6m, 0.2m)] }],
        InjectionSpeed = "slow",
        Lines = [new SaveSessionDraft.Line { LotId = Lot, VolumeMl = 1, Ampoules = 2, SealedAmpoules = 1, Mistake = mistake }],
        AsepsisDone = [knowledge.Before[0].Id, knowledge.After[0].Id],
        Acknowledged = ["ci-herpes"],
        Notes = "Calm",
        PainScore = 3,
        AnaestheticCream = true,
        CreamLotId = Tube,
        CreamTubeEmpty = true,
        ObservedMinutes = 20,
        Reactions = [new SaveSessionDraft.Reaction { AtUtc = new DateTime(2026, 6, 1, 9, 30, 0, DateTimeKind.Utc), Complication = "cx-haematoma", Text = "A blue spot", Action = "Pressed" }],
        StepsLeftOut = "No mask",
        EndedAt = new TimeOnly(9, 40),
        StopReason = "Felt faint",
    };

    private static ListLots.LotRow Row(Guid id, string product) =>
        new(id, Guid.NewGuid(), product, "Test laboratories", "L-2604", new DateOnly(2027, 1, 31), new DateOnly(2026, 5, 1), 20, 20, RecallReason: null, ListLots.LotState.Usable, Guid.NewGuid());
}
