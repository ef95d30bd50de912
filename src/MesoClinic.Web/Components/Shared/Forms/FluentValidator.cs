using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace MesoClinic.Web.Components.Shared.Forms;

/// <summary>
/// Runs the model's FluentValidation validator inside an EditForm: all of it on submit, one field's messages when that field changes.
/// Validators check shape only and are synchronous; what needs the database is answered by the handler (see <see cref="ServerErrors"/>).
/// </summary>
public sealed class FluentValidator : ComponentBase, IDisposable
{
    private EditContext? _form;
    private ValidationMessageStore? _messages;
    private IValidator? _validator;

    [Inject] private IServiceProvider Services { get; set; } = default!;
    [CascadingParameter] private EditContext? Form { get; set; }

    protected override void OnInitialized()
    {
        _form = Form ?? throw new InvalidOperationException($"{nameof(FluentValidator)} stands inside an EditForm.");
        var type = typeof(IValidator<>).MakeGenericType(_form.Model.GetType());
        _validator = (IValidator?)Services.GetService(type) ?? throw new InvalidOperationException($"No validator is registered for {_form.Model.GetType()}.");
        _messages = new ValidationMessageStore(_form);
        _form.OnValidationRequested += ValidateAll;
        _form.OnFieldChanged += ValidateField;
    }

    public void Dispose()
    {
        if (_form is not null)
        {
            _form.OnValidationRequested -= ValidateAll;
            _form.OnFieldChanged -= ValidateField;
        }
    }

    private void ValidateAll(object? sender, ValidationRequestedEventArgs args)
    {
        _messages!.Clear();
        foreach (var (field, message) in Failures())
        {
            _messages.Add(field, message);
        }

        _form!.NotifyValidationStateChanged();
    }

    private void ValidateField(object? sender, FieldChangedEventArgs args)
    {
        _messages!.Clear(args.FieldIdentifier);
        foreach (var (field, message) in Failures())
        {
            if (field.Equals(args.FieldIdentifier))
            {
                _messages.Add(field, message);
            }
        }

        _form!.NotifyValidationStateChanged();
    }

    private IEnumerable<(FieldIdentifier Field, string Message)> Failures()
    {
        var fields = FormFields.Of(_form!);
        foreach (var failure in _validator!.Validate(new ValidationContext<object>(_form!.Model)).Errors)
        {
            var field = FieldPath.Find(_form.Model, failure.PropertyName);
            if (!fields.IsUnreadable(field))
            {
                yield return (field, failure.ErrorMessage);
            }
        }
    }
}
