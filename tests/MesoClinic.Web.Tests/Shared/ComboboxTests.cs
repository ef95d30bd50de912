using Bunit;
using MesoClinic.Web.Components.Shared.Forms;

namespace MesoClinic.Web.Tests.Shared;

public sealed class ComboboxTests : BunitContext
{
    private const string Input = "[role=combobox]";
    private static readonly string[] Conditions = ["E03.9 Hypothyroidism", "E10 Diabetes type 1", "E11 Diabetes type 2"];
    private string? _picked;

    [Fact]
    public async Task Typing_opens_a_list_that_a_screen_reader_can_follow()
    {
        var box = Box();
        Assert.Equal("false", box.Find(Input).GetAttribute("aria-expanded"));

        await box.OnAsync(Input, input => input.InputAsync("dia"));

        Assert.Equal("true", box.Find(Input).GetAttribute("aria-expanded"));
        Assert.Equal("listbox", box.Find("#" + box.Find(Input).GetAttribute("aria-controls")).GetAttribute("role"));
        Assert.Equal(["E10 Diabetes type 1", "E11 Diabetes type 2"], box.FindAll("[role=option]").Select(option => option.TextContent.Trim()));
        Assert.Equal("2 results", box.Find("[role=status]").TextContent);
        Assert.Equal("E10 Diabetes type 1", Active(box));
    }

    [Fact]
    public async Task Arrows_move_round_and_enter_takes()
    {
        var box = await OpenAsync();
        await box.OnAsync(Input, input => input.KeyDownAsync("ArrowDown"));
        Assert.Equal("E11 Diabetes type 2", Active(box));
        await box.OnAsync(Input, input => input.KeyDownAsync("ArrowDown"));
        Assert.Equal("E10 Diabetes type 1", Active(box));
        await box.OnAsync(Input, input => input.KeyDownAsync("ArrowUp"));
        Assert.Equal("E11 Diabetes type 2", Active(box));

        await box.OnAsync(Input, input => input.KeyDownAsync("Enter"));

        Assert.Equal("E11 Diabetes type 2", _picked);
        Assert.Equal("E11 Diabetes type 2", box.Find(Input).GetAttribute("value"));
        Assert.Equal("false", box.Find(Input).GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task Escape_closes_without_taking()
    {
        var box = await OpenAsync();
        await box.OnAsync(Input, input => input.KeyDownAsync("Escape"));

        Assert.Empty(box.FindAll("[role=option]"));
        Assert.Null(_picked);
        Assert.Equal("dia", box.Find(Input).GetAttribute("value"));
    }

    [Fact]
    public async Task Who_left_the_field_and_comes_back_finds_the_list_of_what_was_typed()
    {
        var box = await OpenAsync();
        await box.OnAsync(Input, input => input.BlurAsync());
        Assert.Empty(box.FindAll("[role=option]"));

        await box.OnAsync(Input, input => input.FocusAsync());

        Assert.Equal(2, box.FindAll("[role=option]").Count);
    }

    [Fact]
    public async Task The_mouse_takes_too()
    {
        var box = await OpenAsync();
        await box.OnAsync("[role=option]:last-child", option => option.ClickAsync());

        Assert.Equal("E11 Diabetes type 2", _picked);
    }

    [Fact]
    public async Task Enter_pressed_before_the_answer_takes_the_only_result_when_it_comes()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<string>>();
        var box = Box((_, _) => answer.Task);
        var typing = box.OnAsync(Input, input => input.InputAsync("hypo"));
        await box.OnAsync(Input, input => input.KeyDownAsync("Enter"));
        Assert.Null(_picked);

        answer.SetResult([Conditions[0]]);
        await typing;

        Assert.Equal(Conditions[0], _picked);
    }

    [Fact]
    public async Task Enter_pressed_before_the_answer_never_takes_one_of_several()
    {
        var answer = new TaskCompletionSource<IReadOnlyList<string>>();
        var box = Box((_, _) => answer.Task);
        var typing = box.OnAsync(Input, input => input.InputAsync("dia"));
        await box.OnAsync(Input, input => input.KeyDownAsync("Enter"));

        answer.SetResult(Conditions);
        await typing;

        Assert.Null(_picked);
        Assert.Equal(3, box.FindAll("[role=option]").Count);
    }

    [Fact]
    public async Task Leaving_by_tab_takes_the_only_result()
    {
        var box = Box();
        await box.OnAsync(Input, input => input.InputAsync("hypo"));
        Assert.Single(box.FindAll("[role=option]"));

        await box.OnAsync(Input, input => input.KeyDownAsync("Tab"));

        Assert.Equal(Conditions[0], _picked);
    }

    [Fact]
    public async Task Another_text_is_no_longer_the_item_that_was_taken()
    {
        var box = await OpenAsync();
        await box.OnAsync(Input, input => input.KeyDownAsync("Enter"));
        Assert.NotNull(_picked);

        await box.OnAsync(Input, input => input.InputAsync("E10 Diabetes type"));

        Assert.Null(_picked);
    }

    [Fact]
    public async Task Finding_nothing_is_said_with_the_next_step()
    {
        var box = Box();
        await box.OnAsync(Input, input => input.InputAsync("zzz"));

        Assert.Equal("Nothing found. Try fewer letters.", box.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task Typing_on_cancels_the_search_before()
    {
        var tokens = new List<CancellationToken>();
        var box = Box(async (text, token) =>
        {
            tokens.Add(token);
            await Task.Delay(text == "di" ? Timeout.Infinite : 0, token);
            return [text];
        });
        var first = box.OnAsync(Input, input => input.InputAsync("di"));
        await box.WaitForAssertionAsync(() => Assert.Single(tokens), TimeSpan.FromSeconds(20));

        await box.OnAsync(Input, input => input.InputAsync("dia"));
        await first;

        Assert.True(tokens[0].IsCancellationRequested);
        Assert.Equal("dia", Assert.Single(box.FindAll("[role=option]")).TextContent.Trim());
    }

    private async Task<IRenderedComponent<Combobox<string>>> OpenAsync()
    {
        var box = Box();
        await box.OnAsync(Input, input => input.InputAsync("dia"));
        Assert.NotEmpty(box.FindAll("[role=option]"));
        return box;
    }

    private IRenderedComponent<Combobox<string>> Box(Func<string, CancellationToken, Task<IReadOnlyList<string>>>? search = null) => Render<Combobox<string>>(p => p
        .Add(x => x.Id, "condition")
        .Add(x => x.Label, "Condition")
        .Add(x => x.DebounceMilliseconds, 0)
        .Add(x => x.Text, item => item)
        .Add(x => x.Search, search ?? ((text, _) => Task.FromResult<IReadOnlyList<string>>([.. Conditions.Where(c => c.Contains(text, StringComparison.OrdinalIgnoreCase))])))
        .Bind(x => x.Value, _picked, value => _picked = value));

    private static string Active(IRenderedComponent<Combobox<string>> box)
    {
        var active = box.Find("[role=option][aria-selected=true]");
        Assert.Equal(active.Id, box.Find(Input).GetAttribute("aria-activedescendant"));
        return active.TextContent.Trim();
    }
}
