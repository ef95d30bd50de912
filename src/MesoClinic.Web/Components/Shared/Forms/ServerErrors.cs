using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Shared.Forms;

/// <summary>Shows a handler's refusals beside the fields that they name. What was typed stays; a message goes when its field changes or the form is sent again.</summary>
public sealed class ServerErrors : ComponentBase, IDisposable
{
    private EditContext? _form;
    private ValidationMessageStore? _messages;
    private IReadOnlyDictionary<string, string[]>? _shown;

    /// <summary>Messages by property path ("Phone", "Lines[0].Volume"); an empty or unknown path speaks of the whole form.</summary>
    [Parameter] public IReadOnlyDictionary<string, string[]>? Errors { get; set; }
    [CascadingParameter] private EditContext? Form { get; set; }

    protected override void OnInitialized()
    {
        _form = Form ?? throw new InvalidOperationException($"{nameof(ServerErrors)} stands inside an EditForm.");
        _messages = new ValidationMessageStore(_form);
        _form.OnValidationRequested += Clear;
        _form.OnFieldChanged += ClearField;
    }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(Errors, _shown))
        {
            return;
        }

        _shown = Errors;
        _messages!.Clear();
        foreach (var (path, messages) in Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal))
        {
            _messages.Add(FieldPath.Find(_form!.Model, path), messages);
        }

        _form!.NotifyValidationStateChanged();
    }

    public void Dispose()
    {
        if (_form is not null)
        {
            _form.OnValidationRequested -= Clear;
            _form.OnFieldChanged -= ClearField;
        }
    }

    private void Clear(object? sender, ValidationRequestedEventArgs args) => _messages!.Clear();

    private void ClearField(object? sender, FieldChangedEventArgs args) => _messages!.Clear(args.FieldIdentifier);
}
