using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using MesoClinic.Web.Components.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace MesoClinic.Web.Tests.Sessions;

/// <summary>Of two versions of a record one is kept.</summary>
public sealed class KeptVersionTests : IDisposable
{
    private readonly SaveSessionDraft.Command draft = new() { Notes = "as opened" };
    private readonly List<SaveSessionDraft.Command> sent = [];
    private readonly DraftKeeper keeper;

    public KeptVersionTests() => keeper = new DraftKeeper(draft, () => [], TakeAsync, () => Task.CompletedTask, DraftPace.Usual, NullLogger.Instance);

    public void Dispose() => keeper.Dispose();

    [Fact]
    public async Task Keeping_mine_keeps_what_was_opened_on_the_other_screen()
    {
        var (begun, theirLot, shared, own) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        draft.Lines =
        [
            new() { LotId = begun, VolumeMl = 1, IsBegun = true }, new() { LotId = own, VolumeMl = 0.2m }, new() { LotId = shared, VolumeMl = 0.4m },
        ];

        await keeper.KeepMineAsync(new()
        {
            Version = Guid.NewGuid(),
            Lines = [new() { LotId = begun, VolumeMl = 0.8m, Ampoules = 2, IsBegun = true }, new() { LotId = theirLot, VolumeMl = 0.3m, IsBegun = true }, new() { LotId = shared, VolumeMl = 0.5m, IsBegun = true }],
        });

        Assert.Equal([(begun, 1m, 2), (theirLot, 0.3m, 1), (shared, 0.4m, 1), (own, 0.2m, 1)], sent[^1].Lines.Select(line => (line.LotId, line.VolumeMl!.Value, line.Ampoules!.Value)));
        Assert.Equal([true, true, true, false], draft.Lines.Select(line => line.IsBegun));
    }

    [Fact]
    public async Task Keeping_the_own_version_leaves_a_mistake_marked_that_was_marked_elsewhere_and_takes_back_the_own_mark()
    {
        var (theirMark, ownMark) = (Guid.NewGuid(), Guid.NewGuid());
        draft.Lines = [new() { LotId = theirMark, VolumeMl = 1, IsBegun = true }, new() { LotId = ownMark, VolumeMl = 1, IsBegun = true, Mistake = "Wrong pack" }];
        _ = keeper.ChangedAsync();
        Assert.True(await keeper.FlushAsync());
        draft.Lines[1].Mistake = null;

        await keeper.KeepMineAsync(new()
        {
            Version = Guid.NewGuid(),
            Lines = [new() { LotId = theirMark, VolumeMl = 1, IsBegun = true, Mistake = "Scanned twice" }, new() { LotId = ownMark, VolumeMl = 1, IsBegun = true, Mistake = "Wrong pack" }],
        });

        Assert.Equal(["Scanned twice", null], sent[^1].Lines.Select(line => line.Mistake));
    }

    [Fact]
    public void Taking_another_version_shows_all_of_it_and_shares_nothing()
    {
        var theirs = new SaveSessionDraft.Command { Version = Guid.NewGuid(), Notes = "theirs", EndedAt = new TimeOnly(10, 5), Lines = [new SaveSessionDraft.Line { VolumeMl = 1 }], Areas = ["forehead"] };

        keeper.Take(theirs);

        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(theirs), System.Text.Json.JsonSerializer.Serialize(draft));
        theirs.Lines[0].VolumeMl = 9;
        Assert.Equal((1, DraftState.Saved), (draft.Lines[0].VolumeMl, keeper.State));
    }

    private Task<Outcome<Guid>> TakeAsync(SaveSessionDraft.Command command)
    {
        sent.Add(command.Copy());
        return Task.FromResult<Outcome<Guid>>(Guid.NewGuid());
    }
}
