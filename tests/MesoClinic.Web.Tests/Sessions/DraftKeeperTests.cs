using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using MesoClinic.Web.Components.Sessions;
using Microsoft.Extensions.Logging.Abstractions;

namespace MesoClinic.Web.Tests.Sessions;

public sealed class DraftKeeperTests : IDisposable
{
    private static readonly DraftPace Pace = new(TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(50));

    /// <summary>Saves nothing by itself while a test looks.</summary>
    private static readonly DraftPace Unhurried = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));
    private readonly SaveSessionDraft.Command draft = new() { Notes = "as opened" };
    private readonly List<SaveSessionDraft.Command> sent = [];
    private readonly List<string> wrong = [];
    private readonly DraftKeeper keeper;
    private Func<SaveSessionDraft.Command, Outcome<Guid>> answer = _ => Guid.NewGuid();

    public DraftKeeperTests()
    {
        keeper = new DraftKeeper(draft, () => wrong, TakeAsync, () => Task.CompletedTask, Pace, NullLogger.Instance);
    }

    public void Dispose() => keeper.Dispose();

    [Fact]
    public async Task Whoever_never_rests_is_saved_all_the_same()
    {
        for (var tap = 1; tap <= 40 && sent.Count == 0; tap++)
        {
            draft.Points = tap;
            _ = keeper.ChangedAsync();
            await Task.Delay(30);
        }

        Assert.InRange(sent[0].Points!.Value, 1, 39);
    }

    [Fact]
    public async Task What_changes_while_a_version_is_on_its_way_goes_with_the_next()
    {
        var first = new TaskCompletionSource<Outcome<Guid>>();
        var versions = new Queue<Task<Outcome<Guid>>>([first.Task, Task.FromResult<Outcome<Guid>>(Guid.NewGuid())]);
        var taken = new List<string>();
        using var slow = new DraftKeeper(draft, () => wrong, command => { taken.Add(command.Notes); return versions.Dequeue(); }, () => Task.CompletedTask, Unhurried, NullLogger.Instance);
        draft.Notes = "one";
        _ = slow.ChangedAsync();
        var saving = slow.FlushAsync();
        while (taken.Count == 0)
        {
            await Task.Delay(10);
        }

        draft.Notes = "two";
        _ = slow.ChangedAsync();
        first.SetResult(Guid.NewGuid());
        await saving;

        Assert.Equal(DraftState.Waiting, slow.State);
        Assert.True(await slow.FlushAsync());
        Assert.Equal(["one", "two"], taken);
    }

    [Fact]
    public async Task A_wrong_field_keeps_back_itself_and_nothing_else()
    {
        var (good, bad) = (Guid.NewGuid(), Guid.NewGuid());
        draft.Areas = ["forehead"];
        draft.Lines = [new SaveSessionDraft.Line { LotId = good, VolumeMl = 1 }, new SaveSessionDraft.Line { LotId = bad, VolumeMl = 0.5m }];
        draft.Sites = [new SaveSessionDraft.Site { View = "face-front", Area = "forehead", Side = "mid", DepthMm = 1.5m }];
        draft.NeedleOuterDiameterMm = 0.3m;
        _ = keeper.ChangedAsync();
        Assert.True(await keeper.FlushAsync());

        (draft.Lines[0].VolumeMl, draft.Lines[1].VolumeMl, draft.NeedleOuterDiameterMm, draft.Sites[0].DepthMm, draft.Notes) = (2, -1, 5, 99, "written meanwhile");
        draft.Reactions.Add(new SaveSessionDraft.Reaction { Text = "" });
        wrong.AddRange(["Lines[1].VolumeMl", "NeedleOuterDiameterMm", "Sites[0].DepthMm", "Reactions[0].Text"]);
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());

        var kept = sent[^1];
        Assert.Equal(DraftState.Partly, keeper.State);
        Assert.Equal((2, 0.5m, 0.3m, 1.5m, "written meanwhile"), (kept.Lines[0].VolumeMl, kept.Lines[1].VolumeMl, kept.NeedleOuterDiameterMm, kept.Sites[0].DepthMm, kept.Notes));
        Assert.Empty(kept.Reactions);
        Assert.Equal((-1, 5), (draft.Lines[1].VolumeMl, draft.NeedleOuterDiameterMm));
    }

    [Fact]
    public async Task Notes_and_reactions_are_kept_while_the_check_refuses_the_rest()
    {
        answer = command => command.Areas.Contains("cheeks") ? new Failure.Invalid("Consent", "It does not cover the cheeks.") : Guid.NewGuid();
        draft.Areas = ["forehead"];
        _ = keeper.ChangedAsync();
        Assert.True(await keeper.FlushAsync());

        (draft.Areas, draft.Notes) = (["forehead", "cheeks"], "pale and sweating");
        draft.Reactions.Add(new SaveSessionDraft.Reaction { Text = "Fainted" });
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());

        Assert.Equal(DraftState.Refused, keeper.State);
        Assert.IsType<Failure.Invalid>(keeper.Refusal);
        Assert.Equal((1, "pale and sweating", "Fainted"), (sent[^1].Areas.Count, sent[^1].Notes, sent[^1].Reactions[0].Text));
        Assert.Equal(2, draft.Areas.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Notes_beside_a_refused_change_are_sent_again_when_the_server_could_not_store_them(bool says)
    {
        var full = true;
        answer = command => command.Areas.Count > 0 ? new Failure.Invalid("Consent", "It does not cover the cheeks.") : !full ? Guid.NewGuid() : says ? new Failure.Conflict(DiskAlarm.NotSaved) : throw new IOException("No space left");
        (draft.Areas, draft.Notes) = (["cheeks"], "pale and sweating");
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());
        Assert.Equal(DraftState.Failing, keeper.State);

        full = false;
        for (var tries = 0; tries < 200 && keeper.Saved.Notes != draft.Notes; tries++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(("pale and sweating", 0), (keeper.Saved.Notes, keeper.Saved.Areas.Count));
        Assert.Equal(DraftState.Refused, keeper.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_cannot_store_is_asked_again_until_it_can(bool says)
    {
        answer = _ => says ? new Failure.Conflict(DiskAlarm.NotSaved) : throw new IOException("No space left");
        draft.Notes = "not to be lost";
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());
        Assert.Equal(DraftState.Failing, keeper.State);

        answer = _ => Guid.NewGuid();
        while (keeper.State != DraftState.Saved)
        {
            await Task.Delay(10);
        }

        Assert.True(sent.Count > 1);
        Assert.Equal("not to be lost", sent[^1].Notes);
    }

    [Fact]
    public async Task A_wrong_volume_in_a_line_that_the_check_refuses_stops_nothing()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        draft.Lines = [new SaveSessionDraft.Line { LotId = first, VolumeMl = 1 }];
        _ = keeper.ChangedAsync();
        Assert.True(await keeper.FlushAsync());

        answer = command => command.Lines.Count > 1 ? new Failure.Invalid("Consent", "It does not cover this.") : Guid.NewGuid();
        draft.Lines.Add(new SaveSessionDraft.Line { LotId = second, VolumeMl = 25 });
        draft.Notes = "scanned a second pack";
        wrong.Add("Lines[1].VolumeMl");
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());
        Assert.Equal((DraftState.Refused, 1, "scanned a second pack"), (keeper.State, sent[^1].Lines.Count, sent[^1].Notes));

        (draft.Lines[1].VolumeMl, answer) = (0.25m, _ => Guid.NewGuid());
        wrong.Clear();
        _ = keeper.ChangedAsync();
        Assert.True(await keeper.FlushAsync());
        Assert.Equal(0.25m, sent[^1].Lines[1].VolumeMl);
    }

    [Fact]
    public async Task A_mistake_without_its_reason_keeps_back_itself_and_nothing_that_was_injected()
    {
        var lot = Guid.NewGuid();
        draft.Lines = [new SaveSessionDraft.Line { LotId = lot, VolumeMl = 1, IsBegun = true }, new SaveSessionDraft.Line { LotId = lot, VolumeMl = 0.5m, IsBegun = true }];
        _ = keeper.ChangedAsync();
        Assert.True(await keeper.FlushAsync());

        (draft.Lines[0].Mistake, draft.Lines[1].VolumeMl) = ("", 0.6m);
        wrong.Add("Lines[0].Mistake");
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());
        Assert.Equal([(1m, null), (0.6m, null)], sent[^1].Lines.Select(line => (line.VolumeMl!.Value, line.Mistake)));
        Assert.Equal(("", DraftState.Partly), (draft.Lines[0].Mistake, keeper.State));

        (draft.Lines[0].Mistake, draft.Lines[1].VolumeMl, wrong[0]) = ("Scanned twice", 60, "Lines[1].VolumeMl");
        _ = keeper.ChangedAsync();
        Assert.False(await keeper.FlushAsync());
        Assert.Equal([(1m, "Scanned twice"), (0.6m, null)], sent[^1].Lines.Select(line => (line.VolumeMl!.Value, line.Mistake)));
    }

    [Fact]
    public async Task A_wrong_end_keeps_back_itself_stays_marked_and_is_asked_again()
    {
        answer = command => command.EndedAt is null ? Guid.NewGuid() : new Failure.Invalid("EndedAt", "This time is still to come.");
        (draft.EndedAt, draft.Points) = (new TimeOnly(14, 30), 42);
        _ = keeper.ChangedAsync();

        Assert.False(await keeper.FlushAsync());
        Assert.Equal((DraftState.Partly, null, 42), (keeper.State, sent[^1].EndedAt, sent[^1].Points));
        Assert.Contains("still to come", Assert.IsType<Failure.Invalid>(keeper.Refusal).Errors["EndedAt"][0], StringComparison.Ordinal);

        answer = _ => Guid.NewGuid();
        Assert.True(await keeper.FlushAsync());
        Assert.Equal((new TimeOnly(14, 30), null), (sent[^1].EndedAt!.Value, keeper.Refusal));
    }

    [Fact]
    public async Task A_page_that_cannot_be_shown_keeps_nothing_from_being_saved()
    {
        using var blind = new DraftKeeper(draft, () => wrong, TakeAsync, () => throw new TimeoutException("The check took too long."), Pace, NullLogger.Instance);

        draft.Notes = "one";
        await blind.ChangedAsync();
        draft.Notes = "two";
        await blind.ChangedAsync();

        Assert.True(await blind.FlushAsync());
        Assert.Equal(["one", "two"], sent.Select(command => command.Notes));
    }

    [Fact]
    public async Task Whoever_leaves_while_the_last_version_is_looked_over_has_saved_the_next_too()
    {
        var check = new TaskCompletionSource();
        DraftKeeper leaving = null!;
        leaving = new DraftKeeper(draft, () => wrong, TakeAsync, () => leaving.State == DraftState.Saved ? check.Task : Task.CompletedTask, Pace, NullLogger.Instance);
        draft.Notes = "one";
        _ = leaving.ChangedAsync();
        while (leaving.State != DraftState.Saved)
        {
            await Task.Delay(10);
        }

        draft.Notes = "the last word";
        _ = leaving.ChangedAsync();
        leaving.Dispose();
        check.SetCanceled();

        for (var tries = 0; tries < 200 && sent.Count < 2; tries++)
        {
            await Task.Delay(10);
        }

        Assert.Equal(["one", "the last word"], sent.Select(command => command.Notes));
    }

    [Fact]
    public async Task Whoever_leaves_after_typing_on_while_a_refusal_was_on_its_way_has_saved()
    {
        var first = new TaskCompletionSource<Outcome<Guid>>();
        var taken = new List<string>();
        using var leaving = new DraftKeeper(
            draft, () => wrong, command => { taken.Add(command.Notes); return taken.Count == 1 ? first.Task : Task.FromResult<Outcome<Guid>>(Guid.NewGuid()); }, () => Task.CompletedTask, DraftPace.Usual, NullLogger.Instance);
        draft.Notes = "refused";
        _ = leaving.ChangedAsync();
        var refusing = leaving.FlushAsync();
        draft.Notes = "the last word";
        _ = leaving.ChangedAsync();
        first.SetResult(new Failure.Invalid(nameof(SaveSessionDraft.Command.Notes), "No."));
        await refusing;
        Assert.Equal(DraftState.Refused, leaving.State);

        leaving.Dispose();

        Assert.Equal("the last word", taken[^1]);
    }

    [Fact]
    public void Whoever_leaves_at_once_has_saved()
    {
        draft.Notes = "the last word";
        _ = keeper.ChangedAsync();

        keeper.Dispose();

        Assert.Equal("the last word", Assert.Single(sent).Notes);
    }

    private Task<Outcome<Guid>> TakeAsync(SaveSessionDraft.Command command)
    {
        sent.Add(command.Copy());
        return Task.FromResult(answer(command));
    }
}
