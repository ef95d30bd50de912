using System.Text.Json;
using System.Text.Json.Nodes;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Sessions;
using MesoClinic.Testing;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>What is entered in the recorder is kept, whichever field it stands in: nobody adds one that is lost when the page is opened again.</summary>
public sealed class WholeDraftTests
{
    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Every_field_of_a_draft_comes_back_as_it_was_entered(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var scene = await SessionScene.SetAsync(clinic);
        await scene.OpenAsync();
        var cream = await clinic.AddLotAsync(Session.CreamIngredient);
        await scene.SaveAsync(draft =>
        {
            (draft.NeedleOuterDiameterMm, draft.DepthMm, draft.VolumePerInjectionMl, draft.Points) = (0.35m, 1.25m, 0.015m, 28);
            draft.Sites = [InjectionPointTests.Nappage(28, ml: 0.014m, mm: 1.5m)];
            draft.Lines = [new SaveSessionDraft.Line { LotId = scene.Lot, VolumeMl = 1.25m, Ampoules = 2, SealedAmpoules = 2 }];
            (draft.Acknowledged, draft.Notes, draft.PainScore, draft.ObservedMinutes, draft.StepsLeftOut, draft.StopReason) = (["tr-asepsis"], "Calm", 3, 20, "No mask", "Felt faint");
            (draft.AnaestheticCream, draft.CreamLotId, draft.CreamTubeEmpty) = (true, cream, true);
            draft.Reactions = [new SaveSessionDraft.Reaction { AtUtc = new DateTime(2026, 6, 1, 8, 5, 0, DateTimeKind.Utc), Complication = TestClinic.Book.Value.Knowledge.Complications[0].Id, Text = "A blue spot", Action = "Pressed" }];
        });

        // A new field is entered above, or said here to be none that is entered before the start.
        Assert.Equal(["EndedAt", "Lines.Mistake", "Sites.Drawn"], EachField.Unnoticed(scene.Draft, _ => true));
        var (entered, kept) = (Fields(scene.Draft), Fields(await scene.ReadDraftAsync()));
        Assert.Equal([nameof(SaveSessionDraft.Command.CommandId)], entered.Where(field => !JsonNode.DeepEquals(field.Value, kept[field.Key])).Select(field => field.Key));
    }

    private static JsonObject Fields(SaveSessionDraft.Command draft) => JsonSerializer.SerializeToNode(draft)!.AsObject();
}
